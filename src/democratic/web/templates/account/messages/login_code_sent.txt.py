 gettext(u'Un message est parti vers %(recipient)s.') SS SSSSSSS SSS SSSSS SSSS SSSSSSSSSSSSSS
