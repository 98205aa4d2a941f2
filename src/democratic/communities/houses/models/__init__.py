from democratic.communities.houses.models.charters import (
    Adoption,
    AdoptionVoice,
    Charter,
    CharterArticle,
    RightStep,
    Way,
)
from democratic.communities.houses.models.house import Facilitator, House, HouseCode, HouseMember, Right
from democratic.communities.houses.models.roles import (
    SKILLS,
    DrawNumber,
    Role,
    RoleDraw,
    RoleTerm,
    Skill,
    SkillWord,
)

__all__ = [
    "SKILLS",
    "Adoption",
    "AdoptionVoice",
    "Charter",
    "CharterArticle",
    "DrawNumber",
    "Facilitator",
    "House",
    "HouseCode",
    "HouseMember",
    "Right",
    "RightStep",
    "Role",
    "RoleDraw",
    "RoleTerm",
    "Skill",
    "SkillWord",
    "Way",
]
