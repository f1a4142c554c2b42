subject: Air-con service | lang: en | units: 37
5-7 b*
8 b*! fuel saving
9 b*
11 b*! cure
12 b
15 w
16 l
18 w
19 l
21 w
22 l
24 w
25 l
26-27 w
29-30 l
31 o! absolute green claim
33 l
34-35 x
36 c
