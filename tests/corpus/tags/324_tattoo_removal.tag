subject: Laser tattoo removal | lang: en | units: 34
5 d
6-8 w
10-16 b*
17-18 b*!
19 b
20 t
23-28 x
30-31 l
33 c
