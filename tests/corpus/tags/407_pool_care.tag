subject: The pool care plan | lang: en | units: 40
2 b*
7-9 w
11-14 b*
15 b*! savings
16 l
17 b*
18 w
19-20 b*
21 b! absolute
24-25 l
27-28 l
30-32 l
34-36 x
38 t
39 c
