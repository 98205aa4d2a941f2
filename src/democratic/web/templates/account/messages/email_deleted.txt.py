 gettext(u'%(email)s est retirée.') SSSSSSSSS SSS SSSSSSSS
