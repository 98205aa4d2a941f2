 gettext(u'Mot de passe choisi.') 
