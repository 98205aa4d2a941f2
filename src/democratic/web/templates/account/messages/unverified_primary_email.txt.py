 gettext(u'Confirmez d’abord cette adresse.') 
