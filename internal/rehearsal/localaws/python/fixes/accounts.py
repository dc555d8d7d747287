"""Which account a call is made in."""

import re

ADMINISTRATOR = re.compile(r"TFGENADM(\d{12})$")


def apply():
    """Every access key that moto has not given out itself belongs to account 123456789012. The key TFGENADM followed
    by twelve digits is the administrator's of that account, so that several accounts can be rehearsed at once."""
    from moto.core.responses import BaseResponse

    plain = BaseResponse.get_current_account

    def get_current_account(self):
        match = ADMINISTRATOR.match(self.get_access_key())
        return match.group(1) if match else plain(self)

    BaseResponse.get_current_account = get_current_account
