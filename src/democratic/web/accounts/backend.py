"""Who is signed in: allauth's backend, with the account read as every page asks for it."""

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from democratic.people.models import Account
from democratic.people.queries import account_of


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id: UUID) -> Account | None:
        account = account_of(user_id)
        return account if account is not None and self.user_can_authenticate(account) else None
