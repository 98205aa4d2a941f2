from typing import Any

from democratic.communities.accessibility.models import AccessibilityDeclaration
from democratic.communities.accessibility.queries import valid_until
from democratic.web.formats import day


def told(declaration: AccessibilityDeclaration) -> dict[str, Any]:
    return {
        "version": declaration.version,
        "state": declaration.get_state_display(),
        "rate": declaration.rate,
        "declared": day(declaration.declared_on),
        "until": day(valid_until(declaration)),
        "audited": day(declaration.audited_on) if declaration.audited_on else "",
        "by": declaration.audited_by,
        "gaps": declaration.gaps.splitlines(),
        "derogations": declaration.derogations.splitlines(),
        "technologies": declaration.technologies.splitlines(),
        "tested_with": declaration.tested_with.splitlines(),
        "email": declaration.contact_email,
        "contact_url": declaration.contact_url,
        "plan_url": declaration.plan_url,
    }
