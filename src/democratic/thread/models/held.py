from django.db import models

from democratic.kernel.personal_data import NoPersonalData


class HeldCode(models.Model):
    """A public code that left the network before a Record bears it: taken along by a device, printed on a stub.

    Every kind of reservation writes here, by trigger of its own table: the primary key refuses that two of them
    hold one code, whatever program wrote them. Until it is spent, no Record is born with it (by trigger).
    """

    personal_data = NoPersonalData("a code of which nobody knows who holds it")

    code = models.CharField(max_length=8, primary_key=True)
    spent_at = models.DateTimeField(null=True)
