"""What the dashboards show. make.py turns it into Grafana's files."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Panel:
    """One graph: what it shows, what that tells, the unit by Grafana's name, and a line for each expression."""

    title: str
    description: str
    unit: str
    lines: tuple[tuple[str, str], ...]
    """PromQL, and how Grafana names its lines: `{{service}}` stands for a label."""


def _quantile(share: float, metric: str, by: str = "") -> str:
    labels = f"le, {by}" if by else "le"
    return f"histogram_quantile({share}, sum by ({labels}) (rate({metric}_bucket[$__rate_interval])))"


PLATFORM = (
    Panel(
        "Processes that answer",
        "1 while Prometheus can read a process, 0 while it can't. A service is two processes: its edge and its worker.",
        "short",
        (("up", "{{job}} {{instance}}"),),
    ),
    Panel(
        "Engines within reach",
        "1 while the log answers a process and it is connected to RabbitMQ, 0 while not.",
        "short",
        (
            ("1 - max by (job, instance) (partnership_log_unreachable)", "log, {{job}} {{instance}}"),
            ("min by (job, instance) (partnership_broker_connected)", "broker, {{job}} {{instance}}"),
        ),
    ),
    Panel(
        "Things that are wrong",
        "As many as each process tells of in words at /health: an engine that does not answer, pages that are behind.",
        "short",
        (("max by (job, instance) (partnership_wrong)", "{{job}} {{instance}}"),),
    ),
    Panel(
        "Commands carried out",
        "Commands that reached a service, whatever came of them, by service.",
        "reqps",
        (
            (
                'sum by (service) (label_replace(rate(partnership_command_seconds_count[$__rate_interval]), "service", '
                '"$1", "command", "([^.]+)[.].*"))',
                "{{service}}",
            ),
        ),
    ),
    Panel(
        "Refusals",
        "Commands that were refused by a rule, invalid or forbidden. Many forbidden ones may be somebody trying doors.",
        "reqps",
        (("sum by (kind) (rate(partnership_refusals_total[$__rate_interval]))", "{{kind}}"),),
    ),
    Panel(
        "Time to carry out a command",
        "In the worker, from the validated command until its events are durable.",
        "s",
        (
            (_quantile(0.5, "partnership_command_seconds"), "half within"),
            (_quantile(0.99, "partnership_command_seconds"), "99 in 100 within"),
        ),
    ),
    Panel(
        "Time to append to the log",
        "Until events are durable; and appends that found another writer had come first, which are tried again.",
        "s",
        (
            (_quantile(0.5, "partnership_append_seconds"), "half within"),
            (_quantile(0.99, "partnership_append_seconds"), "99 in 100 within"),
        ),
    ),
    Panel(
        "Appends that came second",
        "Conflicts: two writers on one stream at once. The command is decided anew.",
        "ops",
        (("sum(rate(partnership_conflicts_total[$__rate_interval]))", "conflicts"),),
    ),
    Panel(
        "Read models behind the log",
        "Age of the oldest event that a reader has still to take in. Pages show the past by as much.",
        "s",
        (("max by (reader) (partnership_lag_seconds)", "{{reader}}"),),
    ),
    Panel(
        "Events parked",
        "Set aside because they could not be taken in: `partnership parked list` says why. Should be 0.",
        "short",
        (("max by (reader) (partnership_parked_events)", "{{reader}}"),),
    ),
    Panel(
        "Calls to services",
        "What the gateway asked over RabbitMQ, and what came of it.",
        "reqps",
        (("sum by (service, outcome) (rate(partnership_calls_total[$__rate_interval]))", "{{service}} {{outcome}}"),),
    ),
    Panel(
        "Time of a call",
        "From asking a service until its reply, as the gateway sees it: 99 in 100 are within this.",
        "s",
        ((_quantile(0.99, "partnership_call_seconds", "service"), "{{service}}"),),
    ),
    Panel(
        "Calls lost on the way",
        "Time-outs and broken connections. A command sent again has one effect.",
        "reqps",
        (("sum by (service, why) (rate(partnership_rpc_errors_total[$__rate_interval]))", "{{service}} {{why}}"),),
    ),
    Panel(
        "Public feed behind the log",
        "What the relay has still to go through. It comes back to 0 whenever the relay has caught up.",
        "short",
        (('max(partnership_lag_events{reader="cluster.relay"})', "relay"),),
    ),
    Panel(
        "Events published",
        "To other systems, confirmed by RabbitMQ.",
        "cps",
        (("sum(rate(partnership_relayed_events_total[$__rate_interval]))", "published"),),
    ),
    Panel(
        "Events in subscribers' queues",
        "What RabbitMQ keeps for each subscriber until it has been taken in. One that reads comes back to 0.",
        "short",
        (('max by (queue) (rabbitmq_detailed_queue_messages{queue=~"subscriber[.].+"})', "{{queue}}"),),
    ),
    Panel(
        "Log as it was sealed",
        "1 while every event is as it was recorded, 0 once one is not.",
        "short",
        (("min(partnership_seal_ok)", "seal"),),
    ),
    Panel(
        "Time since the last check of the seals",
        "The check reads the whole log. More than two hours raises an alert.",
        "s",
        (("time() - max(partnership_seal_checked_timestamp_seconds)", "since the last check"),),
    ),
)
PAGES = (
    Panel(
        "Requests",
        "Pages and forms answered, by status: 2xx shown, 3xx sent on, 4xx refused, 5xx our fault.",
        "reqps",
        (
            (
                "sum by (class) (label_replace(rate(partnership_page_seconds_count[$__rate_interval]), "
                '"class", "$1xx", "status", "(.).."))',
                "{{class}}",
            ),
        ),
    ),
    Panel(
        "Pages that failed",
        "Answers of 500 and above, by page. Should be none.",
        "reqps",
        (('sum by (page) (rate(partnership_page_seconds_count{status=~"5.."}[$__rate_interval]))', "{{page}}"),),
    ),
    Panel(
        "Time to answer",
        "All pages together.",
        "s",
        (
            (_quantile(0.5, "partnership_page_seconds"), "half within"),
            (_quantile(0.95, "partnership_page_seconds"), "95 in 100 within"),
            (_quantile(0.99, "partnership_page_seconds"), "99 in 100 within"),
        ),
    ),
    Panel(
        "Slowest pages",
        "The ten pages whose 95th percentile is highest.",
        "s",
        ((f"topk(10, {_quantile(0.95, 'partnership_page_seconds', 'page')})", "{{page}}"),),
    ),
    Panel(
        "Most asked for",
        "The ten pages that are opened most.",
        "reqps",
        (("topk(10, sum by (page) (rate(partnership_page_seconds_count[$__rate_interval])))", "{{page}}"),),
    ),
    Panel(
        "Memory of each process",
        "Resident memory. The compose file ends a process of the platform at 512 MB.",
        "bytes",
        (('process_resident_memory_bytes{job=~"gateway|worker|edge|relay|seals"}', "{{job}} {{instance}}"),),
    ),
)
