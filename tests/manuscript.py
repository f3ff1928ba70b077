"""Copy that has everything a story may hold, for tests of what is made from it."""

from __future__ import annotations

# Every kind of paragraph, and every style of characters.
KINDS = """\
::: lead
渡口的老摆渡人{舸|gě}伯把船交给了年轻人。交船那天，他只说了==三件事==^①^。
:::

船是四十年前造的，木头里还留着江水的气味。年轻人把**缆绳**盘好，等他开口。

## 三件事

- 起风不开船。
- ==天黑==不开船，*月亮*再亮也不开。

  有人喊也不开。
- 桥通了[以后](page:1)，船还得在。

1. 先看水，
2. 再看天，
3. 最后看人^②^。

> 船不是渡人的，是等人的。
>
> 他在本子上这样写。

问：还会有人坐船吗？

**答：**有。桥上走的是路，{江|jiāng}{上|shàng}走的是日子。

::: verse
## 船歌

　　船到江心
　　==水==自己让开

桨停下来
天就亮了
:::

::: note
①三件事由摆渡人口述，编者作了整理。

②{阿房|ē páng}渡今已不用。
:::

::: signature
写于渡口
:::
"""
