subject: Our natural latex mattress | lang: en | units: 34
5 o!
7 o!
9 d
11 d
13 d
14-15 w
16-23 b*
24 w
26 l
28-29 l
30 x
32 b
33 c
