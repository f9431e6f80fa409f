"""The billing service: prices, charges, and the explanation of each."""

from services.billing.account import ChargeSubscription, account, consult, stream
from services.billing.policies import charge_subscriptions
from services.billing.prices import PRICES, SetPrice, prices
from services.billing.projections import charges
from services.billing.queries import (
    CountyCharges,
    ExplainCharge,
    PriceList,
    SchoolStatement,
    county_charges,
    explain_charge,
    price_list,
    school_statement,
)
from services.core.authorisation import Role, allow
from services.core.service import Answers, Handles, Service

_FINANCE = allow(Role.FINANCE)
_COUNTY = allow(Role.FINANCE, Role.PROGRAMME_MANAGER, Role.AUDITOR)
_COUNTY_AND_SCHOOL = allow(*_COUNTY.county, Role.HEADTEACHER, Role.CHAIR)

billing = Service(
    "billing",
    commands=[
        Handles(SetPrice, prices, lambda command: PRICES, _FINANCE),
        Handles(ChargeSubscription, account, stream, _FINANCE, consult),
    ],
    queries=[
        Answers(SchoolStatement, school_statement, charges, _COUNTY_AND_SCHOOL),
        Answers(ExplainCharge, explain_charge, charges, _COUNTY_AND_SCHOOL),
        Answers(CountyCharges, county_charges, charges, _COUNTY),
        Answers(PriceList, price_list, charges, _COUNTY),
    ],
    projections=[charges],
    policies=[charge_subscriptions],
)
