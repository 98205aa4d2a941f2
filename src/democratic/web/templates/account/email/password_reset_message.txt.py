BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBB gettext(u'Un nouveau mot de passe vient d’être choisi pour votre compte, par le lien que vous aviez demandé.') BBBBBBBB
