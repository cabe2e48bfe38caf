"""The six steps: listen, map, start, organize, develop, sustain. A step uses only earlier ones."""
