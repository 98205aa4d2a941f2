 gettext(u'Vous n’êtes plus dans votre compte.') 
