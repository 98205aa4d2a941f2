BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBB gettext(u'Voici votre code pour vous connecter\xa0:') 

    

 gettext(u'Recopiez-le dans la page où vous l’avez demandé. Il sert une fois, pendant dix minutes.') 

 gettext(u'Si vous n’avez rien demandé, ne faites rien\xa0: sans ce code, personne n’entre.') BBBBBBBB
