subject: Suscripción de café Tres Valles | lang: es | units: 27
5 d
6 w
7 h
9-12 b*
13 b*!
14 l
15-16 b*
17 b
19 x
20 l
23 a
24 t
26 c
