subject: Catering by Oak & Tongs | lang: en | units: 35
5 w
6 b*
7 b*!
8 x
10 l
11 b*
14-15 w
16-18 b*
19 b
21-24 b*
26-27 l
29 h
30 a
31 t
32 b!
34 c
