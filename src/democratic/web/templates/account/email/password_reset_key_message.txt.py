BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBB gettext(u'Pour choisir un nouveau mot de passe, ouvrez ce lien. Il sert une fois\xa0:') 


 gettext(u'Si vous n’avez rien demandé, ne faites rien\xa0: votre mot de passe ne change pas.') BBBBBBBB
