BBBBBBBBBB BBB gettext(u'Une adresse est confirmée') BBBBBBBBBBBBB
