BBBBBBBBBB BBB gettext(u'Une adresse est retirée') BBBBBBBBBBBBB
