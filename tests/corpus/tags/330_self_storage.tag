subject: Self storage at Skis & Sundries | lang: en | units: 35
5 d
6-7 w
9-12 b*
13 t
15-17 b*
19 b
20 b*
21 w
22 b!
26-27 x
29-30 l
31 a
32 h
33 b
34 c
