subject: 24-hour gym | lang: en | units: 35
2-3 l
5-6 l
7 w
9-12 w
14-15 l
22 o!
25 l
26 b*
28 a
29 x
31 b*
32 t!
33 t
34 c!
