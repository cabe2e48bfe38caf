"""`python -m guyub.interfaces.cli` is `guyub`."""

from guyub.interfaces.cli.main import main

raise SystemExit(main())
