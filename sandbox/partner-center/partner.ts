/** The partner whose customers these are. */
export const PARTNER_TENANT_ID = '7c1d4f0e-52ab-4c39-9d7e-3b6f8a2e9c15';
export const PARTNER_NAME = 'Harbour Cloud Services';
export const PARTNER_USER = 'partner.admin@harbourcloud.onmicrosoft.com';
/** The partner that customers in transfer go to. */
export const NEXT_PARTNER_TENANT_ID = 'e2b95f67-08d3-4a1c-8f44-91c7d5a0b63e';
export const NEXT_PARTNER_NAME = 'Lakeside Licensing';
