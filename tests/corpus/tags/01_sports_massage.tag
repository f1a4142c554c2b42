subject: Deep tissue massage | lang: en | units: 32
1 w
5-7 b*
8 b! absolute
9 b*! detox
10 b
11 b*
12-13 w
17 o! superlative
18 x
20-24 x
25 b*
26 h
28-30 l
31 c
