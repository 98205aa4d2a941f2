from django.urls import path

from democratic.web.accounts.identity import linking, views

BY = "connexion/avec/<slug:provider>"

urlpatterns = [
    path(BY, views.leave, name="identity_leave"),
    path(f"{BY}/retour", views.come_back, name="identity_back"),
    path(f"{BY}/saml", views.take_saml, name="identity_saml"),
    path(f"{BY}/saml/suite", views.finish_saml, name="identity_saml_end"),
    path(f"{BY}/metadonnees", views.saml_metadata, name="identity_metadata"),
    path("compte/identites", linking.my_identities, name="my_identities"),
]
