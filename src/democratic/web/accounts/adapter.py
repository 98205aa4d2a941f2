"""How allauth opens an account: always with the Person who takes part."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from democratic.people.actions import welcome_guest
from democratic.web.requests import Request


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: Request, user: Any, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  allauth's signature
        user.person = welcome_guest(name=form.cleaned_data.get("name", ""))
        return super().save_user(request, user, form, commit)
