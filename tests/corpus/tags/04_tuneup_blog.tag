subject: A bike service | lang: en | units: 33
3-4 t
10-11 w
14 b*
16-18 b*
20 t
21 b*
22 b
26 c
27 b! guarantee, rivals
30-32 l
