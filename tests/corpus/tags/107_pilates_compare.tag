subject: Pilates | lang: en | units: 35
3 d
4 h
5 l
6 b*
9 d
10 w
11-15 b*
16 l
18 l
19-21 b*
23 w
24 l
26 x!
27 o!
29-30 x
33 c
34 b
