subject: Sleep coaching | lang: en | units: 35
3-4 t
7 o!
10-12 w
13 t
14 x
15 x!
17-18 t
19 b
21-28 b*
30-31 l
33 a
34 c
