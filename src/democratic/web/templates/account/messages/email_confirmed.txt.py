 gettext(u'%(email)s est confirmée.') SSSSSSSSS SSS SSSSSSSSSS
