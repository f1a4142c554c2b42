subject: Thai massage | lang: en | units: 35
1 d
2-3 h
4-5 w
7-8 b*
9 b*!
10-11 b*
12 b*!
13 b
14 b*
16 w
17 b
18-19 b*
22-24 l
26-27 x
31 t!
33 b
34 c
