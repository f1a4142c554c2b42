subject: Hand stripping | lang: en | units: 35
5 d
6 b
8 b*
9 b
10 b*
11 b
13 b*
16 b*
17 x
19 w
20 b
22 b
24 w
25 b*
26 b
29-32 l
33-34 x
