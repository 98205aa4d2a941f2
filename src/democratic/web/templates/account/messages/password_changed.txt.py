 gettext(u'Mot de passe changé.') 
