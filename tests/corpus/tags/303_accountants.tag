subject: Our payroll and tax service | lang: en | units: 25
9 o!
16 h
18 w
19-20 b*
21 b*!
22 l
23 a
24 c
