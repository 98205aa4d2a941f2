 gettext(u'%(email)s est déjà l’adresse d’un autre compte.') SSSSSSSSS SSS SSSS SSSSSSSSS SSSS SSSSS SSSSSSS
