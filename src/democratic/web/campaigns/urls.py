from django.urls import URLPattern, URLResolver, path

from democratic.web.campaigns import census, codes, fares, plans, publics, steps

_CAMPAIGNS = "bureau/concertations/<slug:slug>/campagnes"
_CAMPAIGN = f"{_CAMPAIGNS}/<uuid:campaign>"
_PUBLIC, _STEP = f"{_CAMPAIGN}/publics/<uuid:public>", f"{_CAMPAIGN}/etapes/<uuid:step>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("bureau/recensement", census.census, name="desk_census"),
    path("bureau/recensement/exemple.csv", census.sample, name="desk_census_sample"),
    path(_CAMPAIGNS, plans.listed, name="desk_campaigns"),
    path(f"{_CAMPAIGNS}/nouvelle", plans.new, name="desk_new_campaign"),
    path(_CAMPAIGN, plans.detail, name="desk_campaign"),
    path(f"{_CAMPAIGN}/modifier", plans.change, name="desk_change_campaign"),
    path(f"{_CAMPAIGN}/publics/nouveau", publics.new, name="desk_new_public"),
    path(_PUBLIC, publics.change, name="desk_change_public"),
    path(f"{_PUBLIC}/retirer", publics.drop, name="desk_drop_public"),
    path(f"{_PUBLIC}/codes", codes.join, name="desk_join_codes"),
    path(f"{_PUBLIC}/codes/nouveau", codes.new, name="desk_public_code"),
    path(f"{_CAMPAIGN}/etapes/nouvelle", steps.new, name="desk_new_campaign_step"),
    path(_STEP, steps.change, name="desk_change_campaign_step"),
    path(f"{_STEP}/faite", steps.tick, name="desk_tick_campaign_step"),
    path(f"{_STEP}/retirer", steps.drop, name="desk_drop_campaign_step"),
    path(f"{_CAMPAIGN}/chiffres", fares.figures, name="desk_campaign_figures"),
    path(f"{_CAMPAIGN}/qui-manque.csv", fares.missing_file, name="desk_campaign_missing_file"),
]
