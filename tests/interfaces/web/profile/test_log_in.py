"""Log-in, log-out and one's own password."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from browsing import LogIn
from people import PASSWORD, Cast


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet(cast: Cast) -> None:
    cache.clear()


def log_in(client: Client, username: str, password: str = PASSWORD) -> str:
    answer = client.post("/log-in/", {"login": username, "password": password}, follow=True)
    return answer.content.decode()


def test_the_log_in_leads_home() -> None:
    assert "Selamat datang, Sari" in log_in(Client(), "sari")


def test_the_log_in_name_may_be_typed_in_capitals() -> None:
    assert "Selamat datang, Sari" in log_in(Client(), "SARI")


def test_the_log_in_leads_to_where_one_wanted_to_go() -> None:
    client = Client()

    answer = client.post(
        "/log-in/", {"login": "sari", "password": PASSWORD, "next": "/c/sukamaju/log/"}
    )

    assert answer.url == "/c/sukamaju/log/"  # type: ignore[attr-defined]


def test_the_log_in_leads_to_no_other_host() -> None:
    form = {"login": "sari", "password": PASSWORD, "next": "https://elsewhere.example/"}

    assert Client().post("/log-in/", form).url == "/"  # type: ignore[attr-defined]


def test_a_wrong_password_and_an_unknown_name_look_alike() -> None:
    wrong, unknown = log_in(Client(), "sari", "wrong"), log_in(Client(), "nobody", "wrong")

    assert "Nama masuk dan kata sandi tidak cocok." in wrong
    assert "Nama masuk dan kata sandi tidak cocok." in unknown


def test_who_mistypes_too_often_is_told_to_wait() -> None:
    client = Client(headers={"accept-language": "en"})
    for _attempt in range(5):
        log_in(client, "sari", "wrong")

    assert "Wait five minutes, then try again." in log_in(client, "sari")
    assert "Welcome, Rudi" in log_in(client, "rudi")


def test_a_closed_account_stays_outside() -> None:
    assert "Akun ini sudah ditutup" in log_in(Client(), "dewi")


def test_nobody_signs_up_by_themselves() -> None:
    for address in ("/signup/", "/log-in/signup/", "/accounts/signup/"):
        assert Client().get(address).status_code in {302, 404}


def test_the_log_in_goes_on_in_the_language_of_the_account(cast: Cast) -> None:
    sari = cast.accounts["sari"]
    sari.language = "en"
    sari.save()
    client = Client(headers={"accept-language": "id"})

    assert "Welcome, Sari" in log_in(client, "sari")


def test_the_log_out_ends_the_session(at_browser: LogIn) -> None:
    client = at_browser("sari")

    client.post("/log-out/")

    assert client.get("/").status_code == 302


def test_one_changes_ones_own_password(at_browser: LogIn) -> None:
    client, new = at_browser("sari"), "gotong royong tiap minggu"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    answer = client.post("/profile/password/", form, follow=True)

    assert "Your new password is set." in answer.content.decode()
    assert "Selamat datang, Sari" in log_in(Client(), "sari", new)


def test_a_short_password_is_refused(at_browser: LogIn) -> None:
    form = {"oldpassword": PASSWORD, "password1": "pendek", "password2": "pendek"}

    page = at_browser("sari").post("/profile/password/", form).content.decode()

    assert "at least 12 characters" in page
