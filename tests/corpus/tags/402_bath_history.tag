subject: The old bath | lang: en | units: 36
4-6 h
8 h
9-10 h!
11 h
14-16 h
17 d
18 h
20-22 w
24-25 h
26 h!
27 t
28-31 h
33 l
34 x
35 l
