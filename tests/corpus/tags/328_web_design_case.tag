subject: Website redesign by Studio Kappa | lang: en | units: 34
7-10 w
11 h
13 b
14 b*
15 b*!
16-17 b*
18 t
21 x
22-24 b*
25 b
26 b!
28 d
31 l
32 a
33 c
