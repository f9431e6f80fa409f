"""The billing service: prices, charges, what becomes of them, and the explanation of each."""

from services.billing import (
    extra_services,
    settlements,
    subscriptions,
    successors,
    tailoring,
    year_split,
)
from services.billing.batches import EXPORTS, ExportBatch, batches, consult
from services.billing.orders import RecordPurchaseOrder, orders_stream, purchase_orders
from services.billing.policies import POLICIES
from services.billing.prices import PRICES, SetPrice, prices
from services.billing.projections.charges import charges
from services.billing.queries.charges import (
    CountyCharges,
    ExplainCharge,
    SchoolStatement,
    county_charges,
    explain_charge,
    school_statement,
)
from services.billing.queries.exceptions import AskExceptions, exceptions
from services.billing.queries.exports import Batch, Batches, DryRun, batch_details, dry_run
from services.billing.queries.exports import batches as every_batch
from services.billing.queries.finance import FinanceWorkspace, workspace
from services.billing.queries.prices import PriceList, VatCodes, price_list
from services.billing.queries.prices import vat_codes as every_vat_code
from services.billing.vat import VAT, SetVatCode, vat_codes
from services.core.authorisation import Role, allow
from services.core.service import Answers, Handles, Service

_FINANCE = allow(Role.FINANCE)
_FINANCE_AND_HEAD = allow(Role.FINANCE, Role.HEADTEACHER)
_NOBODY = allow()
"""What only the policies do: each charge of this kind follows from an event of another service."""
_COUNTY = allow(Role.FINANCE, Role.PROGRAMME_MANAGER, Role.AUDITOR)
_COUNTY_AND_SCHOOL = allow(*_COUNTY.county, Role.HEADTEACHER, Role.CHAIR)

billing = Service(
    "billing",
    commands=[
        Handles(SetPrice, prices, lambda command: PRICES, _FINANCE),
        Handles(SetVatCode, vat_codes, lambda command: VAT, _FINANCE),
        Handles(
            RecordPurchaseOrder,
            purchase_orders,
            lambda command: orders_stream(command.urn, command.year),
            _FINANCE_AND_HEAD,
        ),
        Handles(
            subscriptions.ChargeSubscription,
            subscriptions.subscription_charge,
            subscriptions.stream,
            _NOBODY,
            subscriptions.consult,
        ),
        Handles(tailoring.ChargeTailored, tailoring.tailored_charge, tailoring.stream, _NOBODY, tailoring.consult),
        Handles(
            extra_services.ChargeService,
            extra_services.service_charge,
            extra_services.stream,
            _NOBODY,
            extra_services.consult,
        ),
        Handles(year_split.SplitYear, year_split.year_split, year_split.stream, _NOBODY, year_split.consult),
        Handles(
            successors.ChargeSuccessor,
            successors.successor_charge,
            successors.stream,
            _NOBODY,
            successors.consult,
        ),
        Handles(ExportBatch, batches, lambda command: EXPORTS, _FINANCE, consult),
        Handles(settlements.SettleCharge, settlements.settlement, settlements.stream, _FINANCE, settlements.consult),
    ],
    queries=[
        Answers(SchoolStatement, school_statement, charges, _COUNTY_AND_SCHOOL),
        Answers(ExplainCharge, explain_charge, charges, _COUNTY_AND_SCHOOL),
        Answers(CountyCharges, county_charges, charges, _COUNTY),
        Answers(PriceList, price_list, charges, _COUNTY),
        Answers(VatCodes, every_vat_code, charges, _COUNTY),
        Answers(FinanceWorkspace, workspace, charges, _COUNTY),
        Answers(AskExceptions, exceptions, charges, _COUNTY),
        Answers(DryRun, dry_run, charges, _COUNTY),
        Answers(Batches, every_batch, charges, _COUNTY),
        Answers(Batch, batch_details, charges, _COUNTY),
    ],
    projections=[charges],
    policies=POLICIES,
)
