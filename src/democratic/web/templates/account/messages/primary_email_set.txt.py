 gettext(u'C’est votre adresse principale.') 
