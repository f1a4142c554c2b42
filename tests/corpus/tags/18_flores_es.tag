subject: La suscripción de flores | lang: es | units: 31
2 h
5 d
7-9 b*
10 b*! percentage saved
11 b
13-14 b*
15 x! cure
21 x
23-25 l
26-27 t
28 o! superlative
29-30 c
