 gettext(u'%(email)s est votre adresse principale\xa0: choisissez-en une autre d’abord.') SSSSSSSSS SSS SSSSS SSSSSSS SSSSSSSSSS S SSSSSSSSSSSSS SSS SSSSS SSSSSSSS
