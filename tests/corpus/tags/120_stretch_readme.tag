subject: standup-nudge | lang: en | units: 35
1 d
9-15 b*
16 w
17 b*
19 l
21-23 w
24 l
27 t!
28 b*
30-31 x
34 c
