"""The products of an imaginary shop, for the tests of facts."""

from size_tables import DRESS, KIDS, MEN, SHOES

from livebot.decide.shop.facts import Bundle, Facts, Policy, Product, Variant

EVERYWHERE = ((), "48小时内发货，全国包邮")
SHOP = Facts(
    products=(
        Product(
            link=1, name="碎花连衣裙", aliases=("小碎花", "碎花裙"), price="129元", sizes=DRESS, coupon="满100减10", coupon_until=5_000_000,
            variants=(
                Variant(name="红 M", words=("红", "m"), stock="3"), Variant(name="红 L", words=("红", "l"), stock="0"),
                Variant(name="白 M", words=("白", "m"), stock="12"),
            ),
            spec=(("材质", "雪纺，聚酯纤维100%"), ("洗涤", "建议手洗")),
            policy=Policy(id="R1", version="3", text="签收7天内支持无理由退换"),
            ship=((("新疆", "西藏"), "7天内发货，运费补15元"), EVERYWHERE),
        ),
        Product(link=2, name="高腰阔腿裤", aliases=("阔腿裤",), price="99.90", stock="现货", sizes=MEN, ship=(EVERYWHERE,)),
        Product(link=3, name="纯棉白T恤", aliases=("白t", "白T恤"), price="59", sizes=KIDS, spec=(("", "100%棉，220克重磅"),)),
        Product(link=5, name="羊绒大衣", aliases=("大衣",), price="899",
            coupon="拍下立减50", warranty="一年免费护理", valid_until=9_000_000),
        Product(link=8, name="老爹鞋", aliases=("小白鞋", "dad shoes"), price="199", sizes=SHOES, stock="0"),
        Product(
            link=12, name="定制手链", aliases=("手链",), price="259", returnable=False,
            policy=Policy(id="R9", version="1", text="定制商品，拍下后不退不换"),
        ),
        Product(link=38, name="帆布包", ids=("sku-38001",), price="79"),
    ),
    bundles=(Bundle(name="通勤两件套", links=(2, 3), text="2号加3号一起拍149元"),),
)  # fmt: skip
