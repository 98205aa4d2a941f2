 gettext(u'Un message est parti vers %(email)s.') SS SSSSSSS SSS SSSSS SSSS SSSSSSSSSS
